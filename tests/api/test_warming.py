"""What the project ships is compiled before anybody asks for it."""

from forum import app
from forum.domain.viewer import Viewer
from forum.settings import Settings
from tests.support.typed import some


async def test_trusted_documents_are_compiled_at_the_start_in_both_forms(database):
    made = await app.parts(Settings(mode="test", secret="x" * 32, pool=2), database.app_url)
    try:
        queries = [p for p in made.service.plans.trusted_plans() if not p.is_mutation]
        assert len(queries) > 15
        site = app.site(made, Settings(mode="test", secret="x" * 32))
        assert not site.router.redirect_slashes
        assert made.reader.compiled >= 2 * len(queries)
        brief = made.service.documents.named("contribution_brief")
        plan = made.service.plans.by_text(brief, None)
        variables = {"id": "Contribution:00000000-0000-0000-0000-000000000009"}
        assert made.reader.known(some(plan.prepared), variables, Viewer())
        assert not made.reader.known(some(plan.prepared), {"id": "Call:00000000-0000-0000-0000-000000000009"}, Viewer())
    finally:
        await made.close()
