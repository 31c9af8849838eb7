# One scenario on the shell's client: driver.sh CLIENT WAITS RANDOM NOW ARGUMENTS…; waits are appended to the file WAITS.
client=$1 driver_waits=$2 driver_random=$3 driver_now=$4
shift 4
. "$client"
_matrix_sleep() { echo "$1" >>"$driver_waits"; }
_matrix_random() { echo "$driver_random"; }
_matrix_now() {
  local total=0 each
  while read -r each; do total=$((total + each)); done <"$driver_waits"
  echo $((driver_now + total / 1000))
}
matrix "$@"
