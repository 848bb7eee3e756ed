"""The weak, neutral and implicit rules of UAX #9 (W1 to I2, with N0) for one isolating run sequence."""

_PAIRS = (
    "()[]{}⁅⁆⁽⁾₍₎⌈⌉⌊⌋❨❩❪❫❬❭❮❯❰❱❲❳❴❵⟅⟆⟦⟧⟨⟩⟪⟫⟬⟭⟮⟯⦃⦄⦅⦆⦇⦈⦉⦊⦗⦘⸢⸣⸤⸥⸦⸧⸨⸩〈〉《》「」『』【】〔〕〖〗〘〙〚〛（）［］｛｝｟｠｢｣"
)


def _swapped(pairs: str) -> str:
    return "".join(pairs[i ^ 1] for i in range(len(pairs)))


_CLOSER = dict(zip(_PAIRS[::2], _PAIRS[1::2], strict=True))
_MIRRORS = dict(zip(_PAIRS + "<>«»‹›≤≥", _swapped(_PAIRS + "<>«»‹›≤≥"), strict=True))
_CLOSERS = frozenset(_CLOSER.values())
_NEUTRAL = frozenset(("B", "S", "WS", "ON", "LRI", "RLI", "FSI", "PDI"))
_RIGHTISH = frozenset(("R", "EN", "AN"))
_BRACKET_DEPTH = 63  # BD16


def mirrored(c: str) -> str:
    """Rule L4: the character that looks as `c` does when it runs from right to left; itself for most."""
    return _MIRRORS.get(c, c)


def resolve(sequence: tuple[list[int], str, str], types: list[str], levels: list[int], text: str) -> None:
    """Apply W1-W7, N0-N2, I1-I2 to the characters at `sequence[0]`; `types` and `levels` are changed in place."""
    indices, sos, eos = sequence
    marks = [i for i in indices if types[i] == "NSM"]
    _weak(indices, sos, types)
    _brackets(indices, sos, types, levels, text, frozenset(marks))
    _neutral(indices, sos, eos, types, levels)
    for i in indices:
        kind = types[i]
        if levels[i] & 1:
            levels[i] += kind in ("L", "EN", "AN")
        else:
            levels[i] += 1 if kind == "R" else 2 if kind in ("EN", "AN") else 0


def _weak(indices: list[int], sos: str, types: list[str]) -> None:
    previous = strong = sos
    for i in indices:  # W1, W2
        if types[i] == "NSM":
            types[i] = "ON" if previous in ("LRI", "RLI", "FSI", "PDI") else previous
        if types[i] == "EN" and strong == "AL":
            types[i] = "AN"
        if types[i] in ("L", "R", "AL"):
            strong = types[i]
        previous = types[i]
    for i in indices:  # W3
        if types[i] == "AL":
            types[i] = "R"
    for before, i, after in zip(indices, indices[1:], indices[2:], strict=False):  # W4
        left, right = types[before], types[after]
        if left == right and ((left == "EN" and types[i] in ("ES", "CS")) or (left == "AN" and types[i] == "CS")):
            types[i] = left
    _terminators(indices, types)
    strong = sos
    for i in indices:  # W6, W7
        if types[i] in ("ES", "ET", "CS"):
            types[i] = "ON"
        elif types[i] == "EN" and strong == "L":
            types[i] = "L"
        elif types[i] in ("L", "R"):
            strong = types[i]


def _terminators(indices: list[int], types: list[str]) -> None:
    """W5: percent and currency signs beside a European number become part of it."""
    n = 0
    while n < len(indices):
        m = n
        while m < len(indices) and types[indices[m]] == "ET":
            m += 1
        touches = m > n and (
            (n > 0 and types[indices[n - 1]] == "EN") or (m < len(indices) and types[indices[m]] == "EN")
        )
        for i in indices[n:m] if touches else ():
            types[i] = "EN"
        n = max(m, n + 1)


def _side(kind: str) -> str:
    return "R" if kind in _RIGHTISH else "L" if kind == "L" else ""


def _brackets(
    indices: list[int], sos: str, types: list[str], levels: list[int], text: str, marks: frozenset[int]
) -> None:
    """N0: a pair of brackets takes one direction, so that "(SDG 6)" in an Arabic line stays a pair."""
    embedding = "LR"[levels[indices[0]] & 1]
    for opening, closing in _bracket_pairs(indices, types, text):
        inside = {_side(types[i]) for i in indices[opening + 1 : closing]}
        if embedding in inside:
            direction = embedding
        elif inside - {""}:
            context = next((s for i in reversed(indices[:opening]) if (s := _side(types[i]))), sos)
            direction = context if context != embedding else embedding
        else:
            continue
        for n in (opening, closing):
            types[indices[n]] = direction
            for i in indices[n + 1 :]:  # marks on a bracket follow it
                if i not in marks:
                    break
                types[i] = direction


def _bracket_pairs(indices: list[int], types: list[str], text: str) -> list[tuple[int, int]]:
    """BD16: pairs as positions in `indices`, in the order of their openings."""
    stack: list[tuple[str, int]] = []
    pairs: list[tuple[int, int]] = []
    for n, i in enumerate(indices):
        if types[i] != "ON":
            continue
        c = text[i]
        if c in _CLOSER:
            if len(stack) == _BRACKET_DEPTH:
                break
            stack.append((_CLOSER[c], n))
        elif c in _CLOSERS:
            for depth in range(len(stack) - 1, -1, -1):
                if stack[depth][0] == c:
                    pairs.append((stack[depth][1], n))
                    del stack[depth:]
                    break
    return sorted(pairs)


def _neutral(indices: list[int], sos: str, eos: str, types: list[str], levels: list[int]) -> None:
    """N1 and N2."""
    n = 0
    while n < len(indices):
        if types[indices[n]] not in _NEUTRAL:
            n += 1
            continue
        m = n
        while m < len(indices) and types[indices[m]] in _NEUTRAL:
            m += 1
        before = _side(types[indices[n - 1]]) if n else sos
        after = _side(types[indices[m]]) if m < len(indices) else eos
        for i in indices[n:m]:
            types[i] = before if before == after else "LR"[levels[i] & 1]
        n = m
