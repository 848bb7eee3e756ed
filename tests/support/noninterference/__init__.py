"""Two worlds that differ in one secret only - who wrote what stands without a name, or that a draft is there at all -
and everything that everybody else can ask of them: the answers are equal byte for byte."""
