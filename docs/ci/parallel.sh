#!/bin/sh
# Tries a project in parts on machines that ssh reaches, with GNU parallel; node and rsync are there on each.
#   sh parallel.sh path/to/evergreen.yml 4 host-1,host-2
# In the folder lie package.json and package-lock.json, the tarball that they name, and the project file.
set -eu
project=$1
parts=$2
hosts=$3
# Once for all machines, also if the clock goes past midnight meanwhile.
seed=${SEED:-$(date -u +%Y%m%d)}
commit=${GIT_COMMIT:-$(git rev-parse HEAD)}
# npx runs what npm ci installed, and never fetches a package of that name.
export npm_config_yes=false

rm -rf parts
parallel --nonall --sshlogin "$hosts" --workdir mulligan \
	--basefile package.json --basefile package-lock.json --basefile "$project" --basefile mulligan-0.1.0.tgz \
	npm ci

# A part that found something exits with 1; what is missing in the end, merge says.
seq "$parts" | parallel --jobs 1 --sshlogin "$hosts" --workdir mulligan --return 'parts/{}' \
	"rm -rf parts/{}; GIT_COMMIT=$commit npm_config_yes=false npx mulligan verify $project --profile deep --seed $seed --stories 20000 --shard {}/$parts --output parts/{}" ||
	echo "$? of $parts parts did not exit with 0" >&2

npx mulligan merge parts/* --output reports/out
