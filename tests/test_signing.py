"""Definitions that travel signed: what was altered, unsigned, signed otherwise or by another is not taken in."""

import argparse
import base64
import json
import stat

import pytest
from joserfc import jws
from joserfc.jwk import OctKey, OKPKey

from forum import signing
from forum.cli import definitions, publishing
from forum.errors import FileRefused, ProcessUnsound, VersionTaken
from forum.files import shipped
from forum.settings import load
from forum.store.tables import schema as t
from forum.workflow.load import digest, parse
from tests.support.scene import scene

TEXT = (shipped() / "idm.toml").read_text("utf-8")
NAME, VERSION = parse(TEXT).name, parse(TEXT).version
PRIVATE, PUBLIC = (key.encode() for key in signing.new_key())
OTHER_PRIVATE, OTHER_PUBLIC = (key.encode() for key in signing.new_key())


def signed(**more):
    return signing.sign(**{"name": NAME, "version": VERSION, "text": TEXT, "private": PRIVATE, **more})


def header(content: bytes) -> dict:
    head = content.split(b".")[0]
    return json.loads(base64.urlsafe_b64decode(head + b"=="))


def with_header(content: bytes, **more) -> bytes:
    made = json.dumps({**header(content), **more}).encode()
    return base64.urlsafe_b64encode(made).rstrip(b"=") + b"." + content.split(b".", 1)[1]


def other_payload(payload, key=PRIVATE, **more) -> bytes:
    """Well signed, and not what a definition's file holds."""
    known = OKPKey.import_key(json.loads(key))
    head = {"alg": "Ed25519", "typ": signing.TYPE, "kid": known.thumbprint(), **more}
    return jws.serialize_compact(head, payload, known, algorithms=["Ed25519"]).encode()


def test_what_was_signed_comes_out_word_for_word() -> None:
    found = signing.verified(signed(), [OTHER_PUBLIC, PUBLIC])
    assert (found.name, found.version, found.hash, found.text) == (NAME, VERSION, digest(TEXT), TEXT)
    assert found.key == json.loads(PUBLIC)["kid"]


def test_the_public_half_holds_nothing_of_the_private_one() -> None:
    assert "d" not in json.loads(PUBLIC)
    assert json.loads(PRIVATE)["d"] not in PUBLIC.decode()
    with pytest.raises(FileRefused, match="public"):
        signed(private=PUBLIC)


def test_every_letter_that_is_altered_is_noticed() -> None:
    content = signed().strip()
    head, payload, signature = content.split(b".")
    for n in (*range(0, len(payload), 97), len(payload) - 2):
        letter = b"A" if payload[n : n + 1] != b"A" else b"B"
        altered = payload[:n] + letter + payload[n + 1 :]
        with pytest.raises(FileRefused):
            signing.verified(b".".join((head, altered, signature)), [PUBLIC])
    swapped = payload.replace(payload[:40], payload[40:80], 1)
    with pytest.raises(FileRefused, match="altered"):
        signing.verified(b".".join((head, swapped, signature)), [PUBLIC])


def hs256(content: bytes) -> bytes:
    """The old trick: the public key as the secret of another algorithm."""
    payload = base64.urlsafe_b64decode(content.split(b".")[1] + b"==")
    key = OctKey.import_key(PUBLIC)
    return jws.serialize_compact({**header(content), "alg": "HS256"}, payload, key, algorithms=["HS256"]).encode()


FORGED = {
    "by a key that nobody trusts": (lambda: signed(private=OTHER_PRIVATE), "--trust"),
    "by another key under the trusted one's name": (
        lambda: with_header(signed(private=OTHER_PRIVATE), kid=json.loads(PUBLIC)["kid"]), "altered"),
    "with its own key in the header": (
        lambda: with_header(signed(private=OTHER_PRIVATE), jwk=json.loads(OTHER_PUBLIC)), "--trust"),
    "not signed at all": (lambda: TEXT.encode(), "not a signed definition"),
    "empty": (lambda: b"", "not a signed definition"),
    "alg none": (lambda: with_header(signed(), alg="none").rsplit(b".", 1)[0] + b".", "another way"),
    "alg HS256 with the public key": (lambda: hs256(signed()), "another way"),
    "alg EdDSA": (lambda: with_header(signed(), alg="EdDSA"), "another way"),
    "alg RS256": (lambda: with_header(signed(), alg="RS256"), "another way"),
    "a token of another kind": (lambda: other_payload(b"{}", typ="at+jwt"), "another way"),
    "a signature cut off": (lambda: signed().strip()[:-8], "altered|not a signed"),
    "two signatures": (lambda: signed().strip() + b".AAAA", "not a signed definition"),
    "another format": (lambda: other_payload(json.dumps({"format": "x", "name": "a", "version": "1", "hash": "h",
        "text": "t"})), "no definition"),
    "no text": (lambda: other_payload(json.dumps({"format": signing.FORMAT, "name": "a", "version": "1", "hash": "h"})),
        "no definition"),
    "a list": (lambda: other_payload("[1, 2]"), "no definition"),
    "a number for a text": (
        lambda: other_payload(json.dumps({"format": signing.FORMAT, "name": "a", "version": "1", "hash": "h",
            "text": 7})), "no definition"),
    "a hash of something else": (
        lambda: other_payload(json.dumps({"format": signing.FORMAT, "name": "a", "version": "1", "hash": "0" * 64,
            "text": "t"})), "hash"),
    "too large": (lambda: signed() + b" " * signing.LARGEST, "larger"),
}  # fmt: skip


@pytest.mark.parametrize("forged", FORGED.values(), ids=FORGED)
def test_what_is_not_well_signed_is_refused(forged) -> None:
    content, says = forged
    with pytest.raises(FileRefused, match=says):
        signing.verified(content(), [PUBLIC])


@pytest.mark.parametrize(
    "key",
    [b"", b"{}", b"[]", b"null", b"{", b'"x"', b'{"kty": "OKP"}', b'{"kty": "OKP", "crv": "Ed25519", "x": "AA"}',
        b"\xff\xfe", b"[" * 4000,
     json.dumps(OctKey.import_key("a" * 32).as_dict()).encode(),
     json.dumps(OKPKey.generate_key("X25519").as_dict()).encode(), b"x" * 5000],
    ids=lambda key: key[:20].decode("ascii", "replace"),
)  # fmt: skip
def test_what_is_no_key_is_refused(key) -> None:
    with pytest.raises(FileRefused):
        signing.verified(signed(), [key])


def test_what_nobody_could_take_in_is_not_made() -> None:
    with pytest.raises(FileRefused, match="larger"):
        signed(text="x" * signing.LARGEST)


# ---- the command
def told(**options):
    return argparse.Namespace(**options)


async def test_a_definition_goes_from_one_service_to_another(database, bare_database, tmp_path, capsys):
    """Exported from a service that published it, and taken in by one that trusts its key."""
    async with scene(database.app_url) as s:
        own = (await s.row(t.process_definition, name="gfmd"))["text"]
        here = load({"DATABASE_URL": database.app_url})
        key, out = tmp_path / "key.json", tmp_path / "gfmd.signed"
        await publishing.make_key(told(out=str(key)), here)
        public = tmp_path / "public.json"
        public.write_text(capsys.readouterr().out)
        assert stat.S_IMODE(key.stat().st_mode) == 0o600
        with pytest.raises(FileRefused, match="written over"):
            await publishing.make_key(told(out=str(key)), here)
        for wanted in ("gfmd", digest(own)):
            await publishing.export_process(told(process=wanted, key=str(key), out=str(out)), here)
            assert signing.verified(out.read_bytes(), [public.read_bytes()]).text == own
        await s.change(
            t.process_definition, (await s.row(t.process_definition, name="gfmd"))["id"], hash="another", version="0"
        )
        await publishing.import_process(told(file=str(out), trust=[str(public)]), here)
        [row] = await s.rows(t.process_definition, hash=digest(own))
        assert (row["text"], row["forum_id"], row["version"]) == (own, None, parse(own).version)
        other = tmp_path / "other.json"
        other.write_bytes(OTHER_PUBLIC)
        with pytest.raises(FileRefused, match="--trust"):
            await publishing.import_process(told(file=str(out), trust=[str(other)]), here)


@pytest.mark.parametrize(
    ("text", "name", "version", "refusal"),
    [
        (TEXT.replace("final = true", "final = false"), NAME, VERSION, ProcessUnsound),
        (TEXT, "another", VERSION, FileRefused),
        ("name = ", NAME, VERSION, FileRefused),
    ],
)
async def test_a_good_signature_makes_nothing_sound(database, tmp_path, text, name, version, refusal):
    here = load({"DATABASE_URL": database.app_url})
    file, key = tmp_path / "file", tmp_path / "key"
    file.write_bytes(signed(text=text, name=name, version=version))
    key.write_bytes(PUBLIC)
    with pytest.raises(refusal):
        await publishing.import_process(told(file=str(file), trust=[str(key)]), here)


async def test_a_version_is_not_taken_twice_by_import(database, tmp_path):
    here = load({"DATABASE_URL": database.app_url})
    key = tmp_path / "key"
    key.write_bytes(PUBLIC)
    for n, text in enumerate((TEXT, TEXT + "# a remark\n")):
        (tmp_path / str(n)).write_bytes(signed(text=text))
    await publishing.import_process(told(file=str(tmp_path / "0"), trust=[str(key)]), here)
    with pytest.raises(VersionTaken):
        await publishing.import_process(told(file=str(tmp_path / "1"), trust=[str(key)]), here)


async def test_two_files_are_compared_in_words(tmp_path, capsys):
    old, new = tmp_path / "old.toml", tmp_path / "new.toml"
    old.write_text(TEXT)
    new.write_text(TEXT.replace(f'version = "{VERSION}"', 'version = "next"'))
    here = load({})
    assert await definitions.compare_files(told(old=str(old), new=str(new), json=True), here) == 0
    [change] = json.loads(capsys.readouterr().out)
    assert change == {"group": "texts", "sentence": f'The process: its version is now next; it was "{VERSION}".'}
    assert await definitions.compare_files(told(old=str(old), new=str(new), json=False), here) == 0
    assert "its version is now next" in capsys.readouterr().out
    await definitions.compare_files(told(old=str(old), new=str(old), json=False), here)
    assert capsys.readouterr().out == "Nothing changed.\n"
