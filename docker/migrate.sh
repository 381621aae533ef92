#!/bin/sh
# Tables, the wall and the rows every database needs. The cache's table comes first, because the
# last act of the migration says what the application's role may do with every table there is.
set -eu
python manage.py createcachetable
python manage.py migrate --no-input
