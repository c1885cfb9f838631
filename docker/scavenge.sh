#!/bin/sh
# Lets every node of the cluster drop from its disk what was deleted, the keys of erased words above all: until each node
# has, whoever has its files has the words. To be run after an erasure, and now and then, from this folder.
set -eu
. ./cluster.env

for node in eventstoredb-1 eventstoredb-2 eventstoredb-3; do
  # The password goes by the input: a command line can be read by everybody on the machine.
  printf 'user = "ops:%s"\n' "$EVENTSTOREDB_OPS_PASSWORD" |
    docker compose --env-file cluster.env -f compose.eventstoredb.yaml exec -T "$node" \
      curl --config - --fail --silent --show-error --cacert /certificates/ca/ca.crt \
      --request POST --data '' https://localhost:2113/admin/scavenge
  echo " $node has begun; its log says when it is done."
done
