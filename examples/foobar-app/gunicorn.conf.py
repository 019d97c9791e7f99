"""gunicorn's settings: `gunicorn foobar.wsgi` reads them from here, and they read the environment."""

import os

# unix:/path or host:port. A socket that systemd hands over (LISTEN_FDS) is taken instead.
bind = os.environ.get("LISTEN") or "127.0.0.1:8000"
workers = int(os.environ.get("WORKERS") or 2)
worker_class = "foobar.worker.Worker"
threads = int(os.environ.get("THREADS") or 8)
# Longer than the proxy before us keeps its connections, so that it is never we who close one that it is about to use.
keepalive = 75
# A worker that is silent for so long is stuck; a slow request is not, in threads.
timeout = 60
# What is in flight may take so long to end after SIGTERM. The slow endpoint takes half a minute at most.
graceful_timeout = 35
accesslog = "-"
# Where a worker says that it is alive, which must not wait for a disk.
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None
