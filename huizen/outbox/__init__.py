"""The outbox: the only way by which mail leaves the portal.

planned (planning.py) → released (release.py) → queued (queue.py) → composed (prepare.py) → claimed (claim.py)
→ handed to the mail server (deliver.py, transport.py) → recorded. Everything stands in the database: Celery only
rings the bell, and `manage.py deliver` does the same without it.
"""
