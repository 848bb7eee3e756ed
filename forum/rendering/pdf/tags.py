"""The structure of a paper for those who hear it read: a tree of tags beside the pages (ISO 32000-1, 14.7 and 14.8)."""

from collections.abc import Iterator
from typing import Any

from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFDocument, PDFName, PDFObject, PDFObjectReference

Content = tuple[int, int] | str  # (page, mcid) of a marked stretch, or the name of an annotation


class Node(PDFObject):  # type: ignore[misc]
    """A structure element of the tag tree; `kids` are its elements and its contents, in reading order. It writes
    itself: a long paper has tens of thousands, and the library's dictionaries take ten times as long."""

    __RefOnly__ = 1

    def __init__(self, tag: str, *, scope: str = "", span: int = 0, identity: str = ""):
        self.tag, self.scope, self.span, self.identity = tag, scope, span, identity
        self.kids: list[Node | Content] = []
        self.parent: PDFObjectReference = None

    def add(self, tag: str, **attributes: Any) -> "Node":
        """A new last child."""
        kid = Node(tag, **attributes)
        self.kids.append(kid)
        return kid

    def format(self, document: PDFDocument) -> bytes:
        numbers = document.idToObjectNumberAndVersion
        home = next((kid[0] for kid in self.kids if isinstance(kid, tuple)), None)
        words = [f"<</Type/StructElem/S/{self.tag}/P {numbers[self.parent.name][0]} 0 R"]
        if home is not None:
            words.append(f"/Pg {numbers[f'Page{home}'][0]} 0 R")
        words.append(self._attributes())
        if self.kids:
            words.append(f"/K[{' '.join(self._kid(kid, home, numbers) for kid in self.kids)}]")
        return "".join([*words, ">>"]).encode("ascii")

    def _kid(self, kid: "Node | Content", home: int | None, numbers: dict[str, tuple[int, int]]) -> str:
        if isinstance(kid, Node):
            return f"{numbers[kid.__InternalName__][0]} 0 R"
        if isinstance(kid, str):
            return f"<</Type/OBJR/Obj {numbers[kid][0]} 0 R>>"
        page, mcid = kid
        return str(mcid) if page == home else f"<</Type/MCR/Pg {numbers[f'Page{page}'][0]} 0 R/MCID {mcid}>>"

    def _attributes(self) -> str:
        table = f"/Scope/{self.scope}" * bool(self.scope) + f"/ColSpan {self.span}" * bool(self.span)
        identity = f"/ID({self.identity})" * bool(self.identity)
        if self.tag == "L":
            return f"{identity}/A<</O/List/ListNumbering/Disc>>"
        return identity + f"/A<</O/Table{table}>>" * bool(table)


def write_tree(document: PDFDocument, root: Node, parents: list["list[Node] | Node"]) -> None:
    """Put the tree into the file: elements, the parent tree, and the catalogue's marks.

    `parents`: by its StructParents key, what owns each marked stretch of a page, or an annotation."""
    top = PDFDictionary({"Type": PDFName("StructTreeRoot")})
    reference = document.Reference(top, "StructTreeRoot")
    identities = {}
    for node, above in _walk(document, root, reference):
        node.parent = above
        if node.identity:
            identities[node.identity] = document.Reference(node)
    top["K"] = PDFArray([document.Reference(root)])
    numbers: list[Any] = []
    for key, owner in enumerate(parents):
        owned = [document.Reference(node) for node in owner] if isinstance(owner, list) else document.Reference(owner)
        numbers += [key, PDFArray(owned) if isinstance(owner, list) else owned]
    top["ParentTree"] = document.Reference(PDFDictionary({"Nums": PDFArray(numbers)}), "ParentTree")
    top["ParentTreeNextKey"] = len(parents)
    if identities:
        names = [entry for identity in sorted(identities) for entry in (f"({identity})", identities[identity])]
        leaf = PDFDictionary({"Names": PDFArray(names), "Limits": PDFArray([names[0], names[-2]])})
        top["IDTree"] = PDFDictionary({"Kids": PDFArray([document.Reference(leaf, "IDTreeLeaf")])})
    document.Catalog.StructTreeRoot = top
    document.Catalog.MarkInfo = PDFDictionary({"Marked": "true"})


def _walk(document: PDFDocument, root: Node, above: PDFObjectReference) -> Iterator[tuple[Node, PDFObjectReference]]:
    """Each element with its parent's reference, in reading order."""
    waiting = [(root, above)]
    while waiting:
        node, above = waiting.pop()
        reference = document.Reference(node)
        yield node, above
        waiting += [(kid, reference) for kid in reversed(node.kids) if isinstance(kid, Node)]
