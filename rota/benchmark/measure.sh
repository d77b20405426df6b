#!/bin/sh
# Runs instances of the public benchmark one after the other, has each roster judged by the public
# judge, and prints a table in Markdown. Rosters and logs stay in the folder named last.
#
#   rota/benchmark/measure.sh "10 60 600" "1 2 3 8 22" [BENCHMARKS] [FOLDER]
#
# The seconds and the numbers of the instances default to all; the best known costs are read from the
# README beside the instances.
set -eu
seconds=${1:-10 60 600}
instances=${2:-1 2 3 4 5 6 8 10 11 12 14 16 18 20 22}
benchmarks=${3:-../shared/benchmarks}
folder=${4:-$(mktemp -d)}
mkdir -p "$folder"
go build -o "$folder/benchmark" ./rota/benchmark
printf '| instance | best known | at most | cost | bound | above best | took | judge |\n|---|---|---|---|---|---|---|---|\n'
for n in $instances; do
	file=$benchmarks/shift-scheduling/Instance$n.txt
	best=$(awk -F'|' -v n="$n" '$2+0 == n && NF > 6 { print $6+0; exit }' "$benchmarks/README.md")
	for s in $seconds; do
		out=$folder/$n.$s
		"$folder/benchmark" "$file" --seconds "$s" --workers 2 >"$out.roster" 2>"$out.log"
		verdict=refused
		if judged=$(python3 "$benchmarks/check_shift.py" "$file" "$out.roster"); then
			verdict=$(printf '%s\n' "$judged" | awk 'END { print $NF }')
		fi
		tail -1 "$out.log" | tr '=' ' ' | awk -v n="$n" -v s="$s" -v best="$best" -v judge="$verdict" '{
			printf "| %d | %d | %d s | %d | %d | %.2f %% | %.1f s | %s%s |\n", n, best, s, $2, $4,
				100 * ($2 - best) / best, $6, (judge == $2 ? "agrees" : "DISAGREES: " judge), ($4 > best ? ", BOUND TOO HIGH" : "")
		}'
		if [ "$(tail -1 "$out.log" | tr '=' ' ' | awk '{ print $2 == $4 }')" = 1 ]; then
			break # proved: more time changes nothing
		fi
	done
done
echo "rosters and logs: $folder" >&2
