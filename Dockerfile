# Which image a tag means changes from week to week. To build the same one each time, pin both lines below to what
# `docker buildx imagetools inspect python:3.13-slim` prints as Digest: python:3.13-slim@sha256:…
FROM python:3.13-slim AS build
WORKDIR /src
COPY pyproject.toml README.md LICENSE constraints.txt ./
COPY bot bot
# For semantic or languages (README.md, "Understand more"), add them to the extras here.
RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir -c constraints.txt '.[postgres,metrics]'

FROM python:3.13-slim
# git, for LESSONS_GIT=commit.
RUN apt-get update && apt-get install -y --no-install-recommends git && rm -rf /var/lib/apt/lists/*
RUN useradd --create-home --uid 10001 lessonbot && install -d -o lessonbot -g lessonbot /app/data
COPY --from=build /venv /venv
COPY knowledge /app/knowledge
WORKDIR /app
USER lessonbot
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1
VOLUME /app/data
# Fails when no bot was connected to Discord for 45 seconds.
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s CMD ["lessonbot", "health"]
ENTRYPOINT ["lessonbot"]
CMD ["run"]
