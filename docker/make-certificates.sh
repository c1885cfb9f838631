#!/usr/bin/env bash
# Makes what is not there yet, so that it can run at every start of the cluster. Folders are laid out by the compose
# file: /authority is seen by nobody else, /trusted by the clients, /nodes/<name> by the node of that name alone.
set -euo pipefail
umask 077

if [ ! -f /authority/ca.crt ]; then
  es-gencert-cli create-ca -out /authority
fi
cp /authority/ca.crt /trusted/ca.crt
chmod 0644 /trusted/ca.crt

for folder in /nodes/*; do
  [ -f "$folder/ca/ca.crt" ] && continue
  es-gencert-cli create-node -ca-certificate /authority/ca.crt -ca-key /authority/ca.key \
    -out "$folder/node" -ip-addresses 127.0.0.1 -dns-names "${folder##*/},localhost"
  chmod 0400 "$folder/node/node.key"
  chown -R 1000:1000 "$folder/node"
  # The authority's certificate comes last: once it is there, the node has all it needs. What the nodes own is closed
  # to root too, as the service has no further rights.
  mkdir -p "$folder/ca"
  cp /authority/ca.crt "$folder/ca/ca.crt"
  chmod 0755 "$folder" "$folder/ca"
  chmod 0644 "$folder/ca/ca.crt"
done
