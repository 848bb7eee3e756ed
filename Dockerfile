# The service as an image: no compiler, no shell script, an ordinary user, nothing to write to but /tmp.
FROM python:3.11-slim AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /src
# First what changes seldom: a change of our own code does not install the libraries again.
COPY requirements/run.txt requirements/build.txt requirements/
RUN python -m venv /opt/forum \
 && /opt/forum/bin/python -m pip install --require-hashes --only-binary :all: -r requirements/run.txt \
 && python -m venv /opt/build \
 && /opt/build/bin/python -m pip install --require-hashes --only-binary :all: -r requirements/build.txt
COPY pyproject.toml README.md ./
COPY graphql graphql
COPY workflows workflows
COPY forum forum
RUN /opt/build/bin/python -m hatchling build -t wheel -d dist \
 && /opt/forum/bin/python -m pip install --no-deps --no-index dist/*.whl \
 && /opt/forum/bin/python -m pip uninstall --yes --quiet pip setuptools

FROM python:3.11-slim
ENV PATH=/opt/forum/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 FORUM_HOST=0.0.0.0 FORUM_PORT=8000
RUN groupadd --gid 10001 forum && useradd --uid 10001 --gid forum --no-create-home --shell /usr/sbin/nologin forum
COPY --from=build /opt/forum /opt/forum
# By number: an orchestrator that insists on a user other than root can see that it is one.
USER 10001:10001
WORKDIR /tmp
EXPOSE 8000
STOPSIGNAL SIGTERM
ENTRYPOINT ["forum"]
CMD ["serve"]
