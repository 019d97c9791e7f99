#!/bin/sh
echo "$# $1 $2" | tee -a /srv/t/greeted
