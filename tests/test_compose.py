"""The compose file and the image, as far as they can be checked without a container engine.

The file is held against the schema of the Compose Specification (as check-jsonschema ships it), the service's settings
and `forum prepare`; the SQL that makes the roles is run. That the image builds and starts is not tested here.
"""

import asyncio
import importlib.resources
import json
import os
import re
import subprocess
from pathlib import Path
from typing import Any

import asyncpg
import jsonschema
import pytest
from ruamel.yaml import YAML

from forum.settings import load
from forum.store import migrate, roles
from forum.store.embedded.cluster import Cluster
from tests.support.sources import ROOT

TEXT = (ROOT / "docker-compose.yml").read_text("utf-8")
COMPOSE: dict[str, Any] = YAML(typ="safe", pure=True).load(TEXT)
SERVICES = COMPOSE["services"]
OURS = ("migrate", "server", "worker")
SECRETS = ("POSTGRES_PASSWORD", "FORUM_OWNER_PASSWORD", "FORUM_APP_PASSWORD", "FORUM_SECRET")
DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8")


def _given(service: str) -> dict[str, str]:
    """A service's environment with every variable of the file filled in."""
    return {
        k: re.sub(r"\$\{(\w+)[^}]*}", lambda m: f"{m[1]:x<32}", v) for k, v in SERVICES[service]["environment"].items()
    }


# ---- the file
def _schema() -> dict[str, Any]:
    vendored = importlib.resources.files("check_jsonschema") / "builtin_schemas" / "vendor" / "compose-spec.json"
    return json.loads(vendored.read_text("utf-8"))


def test_the_file_follows_the_compose_specification() -> None:
    validator = jsonschema.validators.validator_for(_schema())
    assert [f"{e.json_path}: {e.message}" for e in validator(_schema()).iter_errors(COMPOSE)] == []


def test_the_schema_would_refuse_a_wrong_file() -> None:
    wrong = {**COMPOSE, "services": {**SERVICES, "server": {**SERVICES["server"], "port": ["8000"]}}}
    validator = jsonschema.validators.validator_for(_schema())
    assert list(validator(_schema()).iter_errors(wrong))


def test_no_secret_has_a_default() -> None:
    for name in SECRETS:
        uses = re.findall(rf"\$\{{{name}([^}}]*)}}", TEXT)
        assert uses, name
        assert all(rest.startswith(":?") for rest in uses), f"{name} must stop the start when it is empty"


def test_images_name_a_major_version() -> None:
    assert SERVICES["database"]["image"] == "postgres:18"
    assert set(re.findall(r"^FROM (\S+)", DOCKERFILE, re.M)) == {"python:3.11-slim"}


@pytest.mark.parametrize("service", OURS)
def test_our_containers_can_change_nothing(service: str) -> None:
    asked = SERVICES[service]
    assert asked["read_only"] is True
    assert asked["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in asked["security_opt"]
    assert [mount.partition(":")[0] for mount in asked["tmpfs"]] == ["/tmp"]
    assert "volumes" not in asked
    assert not asked.get("privileged")


def test_who_waits_for_whom() -> None:
    for service in ("server", "worker"):
        assert SERVICES[service]["depends_on"]["migrate"]["condition"] == "service_completed_successfully"
        assert SERVICES[service]["restart"] == "unless-stopped"
    assert SERVICES["migrate"]["depends_on"]["database"]["condition"] == "service_healthy"
    assert SERVICES["migrate"]["restart"].startswith("on-failure")


def test_only_the_server_can_be_reached_and_from_this_machine_only() -> None:
    assert COMPOSE["networks"]["inside"]["internal"] is True
    published = {name: s["ports"] for name, s in SERVICES.items() if "ports" in s}
    assert set(published) == {"server"}
    assert all(p.startswith("127.0.0.1:") for p in published["server"])
    # The worker reaches the mail relay; nothing reaches the worker.
    assert [n for n, s in SERVICES.items() if "outside" in s["networks"]] == ["server", "worker"]


def test_the_owners_password_is_where_tables_are_made_and_nowhere_else() -> None:
    def holders(secret: str) -> set[str]:
        return {n for n, s in SERVICES.items() if any(secret in str(v) for v in s["environment"].values())}

    assert holders("FORUM_OWNER_PASSWORD") == {"database", "migrate"}
    assert holders("POSTGRES_PASSWORD") == {"database"}
    assert holders("FORUM_SECRET") == {"server", "worker"}


@pytest.mark.parametrize("service", OURS)
def test_the_settings_understand_the_environment(service: str) -> None:
    given = _given(service)
    settings_text = (ROOT / "forum" / "settings.py").read_text("utf-8")
    assert [name for name in given if f'"{name}"' not in settings_text] == []
    values = {"FORUM_DOCUMENTS": "only", "FORUM_RELAY": "mail.example.org:587", "FORUM_RELAY_TLS": "starttls"}
    read = load({**given, "FORUM_LOG_LEVEL": "info", **{name: values[name] for name in values if name in given}})
    assert (read.relay is not None) == (service != "migrate")
    assert read.mode == "serve"
    assert read.database_url.startswith("postgresql://forum_app:")
    assert bool(read.owner_url) == (service == "migrate")


# ---- the image
def test_the_image_runs_as_an_ordinary_user_by_number() -> None:
    last = DOCKERFILE.rpartition("\nFROM ")[2]
    uid, gid = (int(n) for n in re.findall(r"^USER (\d+):(\d+)$", last, re.M)[-1])
    assert uid >= 1000
    assert gid >= 1000


def test_the_image_installs_by_hash_only() -> None:
    installs = [part for part in re.split(r"&&|^RUN ", DOCKERFILE, flags=re.M) if "pip install" in part]
    assert len(installs) == 3
    for install in installs:
        assert "--require-hashes" in install or {"--no-deps", "--no-index"} <= set(install.split()), install


def test_the_image_s_context_holds_what_it_copies_and_nothing_more() -> None:
    copied = set()
    for words in re.findall(r"^COPY (?!--from)(.+)$", DOCKERFILE, re.M):
        copied |= {w.partition("/")[0] for w in words.split()[:-1]}
    allowed = {line[1:] for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines() if line.startswith("!")}
    assert copied == allowed
    assert all((ROOT / name).exists() for name in copied)


def test_health_is_asked_at_an_address_that_exists() -> None:
    asked = SERVICES["server"]["healthcheck"]["test"]
    path = re.search(r"http://127\.0\.0\.1:8000(/\w+)'", asked[-1])
    assert path is not None
    assert f'Route("{path[1]}"' in (ROOT / "forum" / "api" / "http" / "endpoint.py").read_text("utf-8")
    compile(asked[-1], "healthcheck", "exec")


# ---- the roles
CATALOG = """
SELECT json_build_object(
  'roles', (SELECT json_agg(r ORDER BY rolname) FROM (
     SELECT rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication, rolcanlogin, rolinherit
       FROM pg_roles WHERE rolname LIKE 'forum%') r),
  'database', (SELECT json_build_array(pg_get_userbyid(datdba), encoding, (SELECT array_agg(a::text ORDER BY a::text)
       FROM unnest(datacl) a)) FROM pg_database WHERE datname = 'forum'),
  'schema', (SELECT json_build_array(pg_get_userbyid(nspowner), (SELECT array_agg(a::text ORDER BY a::text)
       FROM unnest(nspacl) a)) FROM pg_namespace WHERE nspname = 'public'),
  'defaults', (SELECT json_agg(json_build_array(pg_get_userbyid(defaclrole), defaclobjtype, defaclacl::text[])
       ORDER BY defaclobjtype) FROM pg_default_acl))
"""


@pytest.fixture(scope="module")
def own_cluster(binaries: Path, short_folder: Path) -> Any:
    options = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
    with Cluster(short_folder / "compose", binaries, options=options) as running:
        yield running


def _run_script(cluster: Cluster, binaries: Path, passwords: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """As the PostgreSQL image runs the files of /docker-entrypoint-initdb.d."""
    psql: list[str | Path] = [
        binaries / "psql",
        "-v",
        "ON_ERROR_STOP=1",
        "--no-psqlrc",
        "-d",
        cluster.url(),
        "-f",
        ROOT / "docker" / "roles.sql",
    ]
    cleared = {k: v for k, v in os.environ.items() if not k.startswith(("FORUM_", "PG"))}
    return subprocess.run(psql, env={**cleared, **passwords}, capture_output=True, text=True, check=False)


async def _asked(url: str, sql: str) -> Any:
    connection = await asyncpg.connect(url)
    try:
        return await connection.fetchval(sql)
    finally:
        await connection.close()


async def test_the_script_makes_what_forum_prepare_makes(own_cluster: Cluster, binaries: Path) -> None:
    without = await asyncio.to_thread(_run_script, own_cluster, binaries, {})
    assert without.returncode != 0, "a password that is not set must stop the start"
    passwords = {"FORUM_OWNER_PASSWORD": "o'wner", "FORUM_APP_PASSWORD": "app"}
    done = await asyncio.to_thread(_run_script, own_cluster, binaries, passwords)
    assert done.returncode == 0, done.stderr
    owner = own_cluster.url("forum", roles.OWNER, "o'wner")
    app = own_cluster.url("forum", roles.APP, "app")
    await migrate.upgrade_async(owner)
    connection = await asyncpg.connect(app)
    try:
        await roles.refuse_powerful(connection)
        assert await connection.fetchval("SELECT count(*) FROM contribution") == 0
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await connection.execute("CREATE TABLE mine (id int)")
    finally:
        await connection.close()
    made = await _asked(own_cluster.url("forum"), CATALOG)
    await roles.prepare(own_cluster.url())
    assert json.loads(await _asked(own_cluster.url("forum"), CATALOG)) == json.loads(made)


# ---- what is said about it
def test_every_variable_of_the_settings_is_explained() -> None:
    page = (ROOT / "docs" / "running.md").read_text("utf-8")
    read = set(re.findall(r'"(FORUM_[A-Z_]+|DATABASE_URL)"', (ROOT / "forum" / "settings.py").read_text("utf-8")))
    assert len(read) > 10
    assert {name for name in read if f"`{name}`" not in page} == set()
    assert set(re.findall(r"`(FORUM_[A-Z_]+)`", page)) <= read
