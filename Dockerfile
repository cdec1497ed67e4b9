# The portal as one image: the web server, the worker and the clock differ only in their command.
FROM python:3.11-slim AS packages
COPY requirements.txt .
RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir --require-hashes -r requirements.txt

FROM python:3.11-slim
# Pango draws the letters of a PDF.
RUN apt-get update -qq && apt-get install -qq -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    fonts-dejavu-core > /dev/null && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 --no-create-home portaal
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 DJANGO_SETTINGS_MODULE=config.settings MALLOC_ARENA_MAX=2 \
    STATIC_ROOT=/static MEDIA_ROOT=/media CLOSED_ROOT=/closed
COPY --from=packages /venv /venv
WORKDIR /portal
COPY . .
# Translated words and static files are part of the image; the secret is only there because the settings ask for one.
RUN python -m config.translations compile && SECRET_KEY=build DATABASE_URL=postgres://build python manage.py collectstatic --no-input --verbosity 0 \
    && python -m compileall -q . && mkdir /media /closed && chown portaal /media /closed
USER portaal
EXPOSE 8000
CMD ["granian", "--interface", "wsgi", "--no-ws", "--host", "0.0.0.0", "--port", "8000", "--workers", "2", \
     "--blocking-threads", "8", "--respawn-failed-workers", "--workers-kill-timeout", "10s", "config.wsgi:application"]
