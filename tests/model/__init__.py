"""The model of authority: who may do what and who sees what, as docs/authority.md and "Who sees what" of
docs/contract.md say it, in some hundred lines of functions of a value.

It is written from these pages and imports nothing of `forum`: its table is typed a second time. The service is
compared with it on random worlds (tests/support/model/), and what any sequence of acts can reach is searched in it
(`search.py`). Where service and model answer otherwise one of three is wrong: one of them, or the page.

`table.py`: the table, and the processes the model knows. `world.py`: what a mandate makes of somebody. `giving.py`:
acts on mandates, seats, applications, agreements, tokens. `acting.py`: acts of a process. `sight.py`: who sees what."""
