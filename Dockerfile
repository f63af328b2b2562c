# The service: api, worker and actions are the same image with different commands (see docker-compose.yml).
FROM python:3.11-slim AS base
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1

FROM base AS packages
COPY setup/uv.lock.txt /tmp/
RUN pip install --no-cache-dir --require-hashes -r /tmp/uv.lock.txt
COPY requirements.service.lock /tmp/
RUN uv venv /venv && uv pip sync --no-cache --require-hashes --python /venv /tmp/requirements.service.lock

FROM packages AS browser
WORKDIR /app
COPY setup setup
RUN python -m setup browser

FROM base
RUN useradd --uid 10001 --create-home entente && install -d -o entente /data
WORKDIR /app
COPY --from=packages /venv /venv
COPY actions actions
COPY api api
COPY channels channels
COPY recovery recovery
COPY bot/listening bot/listening
COPY --from=browser /app/api/static/vendor api/static/vendor
ENV PATH=/venv/bin:$PATH PYTHONPATH=/app ENTENTE_DATA_FOLDER=/data ENTENTE_HOST=0.0.0.0 ENTENTE_PORT=8000
USER entente
EXPOSE 8000
CMD ["python", "-m", "api"]
