"""The structure of a paper for those who hear it read: a tree of tags beside the pages (ISO 32000-1, 14.7 and 14.8)."""

from dataclasses import dataclass, field
from typing import Union

import pikepdf
from pikepdf import Array, Dictionary, Name, String

Content = tuple[int, int] | tuple[int, int, None]  # (page, mcid) of a marked stretch, (page, index, None) of a link


@dataclass(slots=True, eq=False)
class Node:
    """A structure element of the tag tree; `kids` are its elements and its contents, in reading order."""

    tag: str
    kids: list[Union["Node", Content]] = field(default_factory=list)
    language: str = ""
    scope: str = ""
    span: int = 0
    identity: str = ""
    headers: str = ""

    def add(self, tag: str, **attributes: str | int) -> "Node":
        """A new last child."""
        kid = Node(tag, **attributes)  # type: ignore[arg-type]
        self.kids.append(kid)
        return kid


@dataclass(slots=True)
class Marks:
    """What the pages know of the tree: for each page the node of each marked stretch, for each annotation its node."""

    pages: list[list[Node]] = field(default_factory=list)
    annotations: dict[tuple[int, int], Node] = field(default_factory=dict)


def write_tree(
    pdf: pikepdf.Pdf, root: Node, marks: Marks, pages: list[pikepdf.Object], annotations: list[list[pikepdf.Object]]
) -> None:
    """Put the tree into the file: elements, the parent tree, and the catalogue's marks."""
    top = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    writer = _Writer(pdf, pages, annotations)
    top.K = Array([writer.element(root, top)])
    numbers = Array()
    for index, nodes in enumerate(marks.pages):
        numbers.append(index)
        numbers.append(pdf.make_indirect(Array([writer.elements[id(node)] for node in nodes])))
    following = len(marks.pages)
    for (page, index), node in sorted(marks.annotations.items(), key=lambda entry: entry[0]):
        annotations[page][index].StructParent = following
        numbers.append(following)
        numbers.append(writer.elements[id(node)])
        following += 1
    top.ParentTree = pdf.make_indirect(Dictionary(Nums=numbers))
    top.ParentTreeNextKey = following
    if writer.identities:
        names = Array()
        for identity in sorted(writer.identities):
            names.extend((String(identity), writer.identities[identity]))
        top.IDTree = pdf.make_indirect(Dictionary(Names=names, Limits=Array([names[0], names[len(names) - 2]])))
        top.IDTree = pdf.make_indirect(Dictionary(Kids=Array([top.IDTree])))
    pdf.Root.StructTreeRoot = top
    pdf.Root.MarkInfo = Dictionary(Marked=True)


class _Writer:
    def __init__(self, pdf: pikepdf.Pdf, pages: list[pikepdf.Object], annotations: list[list[pikepdf.Object]]):
        self.pdf, self.pages, self.annotations = pdf, pages, annotations
        self.elements: dict[int, pikepdf.Object] = {}
        self.identities: dict[str, pikepdf.Object] = {}

    def element(self, node: Node, parent: pikepdf.Object) -> pikepdf.Object:
        element = self.pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name("/" + node.tag), P=parent))
        self.elements[id(node)] = element
        self._attributes(node, element)
        kids = Array()
        home = next((kid[0] for kid in node.kids if isinstance(kid, tuple) and len(kid) == 2), None)
        if home is not None:
            element.Pg = self.pages[home]
        for kid in node.kids:
            kids.append(self.element(kid, element) if isinstance(kid, Node) else self._content(kid, home))
        if len(kids):
            element.K = kids
        return element

    def _content(self, kid: Content, home: int | None) -> pikepdf.Object | int:
        if len(kid) == 3:
            page, index, _ = kid
            return Dictionary(Type=Name.OBJR, Obj=self.annotations[page][index], Pg=self.pages[page])
        page, mcid = kid
        return mcid if page == home else Dictionary(Type=Name.MCR, Pg=self.pages[page], MCID=mcid)

    def _attributes(self, node: Node, element: pikepdf.Object) -> None:
        if node.language:
            element.Lang = String(node.language)
        if node.identity:
            element.ID = String(node.identity)
            self.identities[node.identity] = element
        table = Dictionary()
        if node.scope:
            table.Scope = Name("/" + node.scope)
        if node.span:
            table.ColSpan = node.span
        if len(table):
            table.O = Name.Table
            element.A = table
        if node.tag == "L":
            element.A = Dictionary(O=Name.List, ListNumbering=Name("/" + (node.headers or "Disc")))
