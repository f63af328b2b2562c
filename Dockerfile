# The service: api, worker and actions are the same image with different commands (see docker-compose.yml).
FROM python:3.11-slim AS base
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1

FROM node:22-slim AS browser
WORKDIR /fetched
COPY setup/browser/package.json setup/browser/package-lock.json setup/browser/.npmrc ./
RUN npm ci --ignore-scripts --no-audit --no-fund

FROM base AS packages
COPY setup/uv.lock.txt /tmp/
RUN pip install --no-cache-dir --require-hashes -r /tmp/uv.lock.txt
COPY requirements.service.lock /tmp/
RUN uv venv /venv && uv pip sync --no-cache --require-hashes --python /venv /tmp/requirements.service.lock

FROM base
RUN useradd --uid 10001 --create-home entente && install -d -o entente /data
WORKDIR /app
COPY --from=packages /venv /venv
COPY actions actions
COPY api api
COPY channels channels
COPY recovery recovery
COPY bot/listening bot/listening
COPY --from=browser /fetched/node_modules/htmx.org/dist/htmx.min.js api/static/vendor/htmx.min.js
COPY --from=browser /fetched/node_modules/htmx-ext-sse/dist/sse.min.js api/static/vendor/htmx-sse.min.js
ENV PATH=/venv/bin:$PATH PYTHONPATH=/app ENTENTE_DATA_FOLDER=/data ENTENTE_HOST=0.0.0.0 ENTENTE_PORT=8000
USER entente
EXPOSE 8000
CMD ["python", "-m", "api"]
