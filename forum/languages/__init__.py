"""What people are told, in the six languages: the catalogues, and how sentences and instants are said in each."""
