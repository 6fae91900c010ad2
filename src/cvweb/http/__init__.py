"""What every feature needs of HTTP: who asks, keys, paging, uploads, streams, limits."""
