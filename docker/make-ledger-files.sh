#!/bin/sh
# Makes the key of the logs, which the servers share, and a guard file for each of them, which they don't. Only once: from
# then on an empty guard file would be one that has forgotten. /ledger-key holds the key, /ledgers/<name> what the server
# of that name alone writes.
set -eu
umask 077

# The key comes last: once it is there, so is everything else.
[ -e /ledger-key/key.pem ] && exit 0

for folder in /ledgers/*; do
  if [ ! -e "$folder/guard" ]; then
    ENTENTE_LEDGER_KEY=/tmp/unused.pem ENTENTE_LEDGER_GUARD="$folder/guard" entente ledger key create
    rm /tmp/unused.pem
  fi
  chown -R 1000:1000 "$folder"
done
rm -f /ledger-key/draft.pem
ENTENTE_LEDGER_KEY=/ledger-key/draft.pem ENTENTE_LEDGER_GUARD=/tmp/unused-guard entente ledger key create
chown 1000:1000 /ledger-key/draft.pem
mv /ledger-key/draft.pem /ledger-key/key.pem
