#!/usr/bin/env bash
# Installs the servers that the tests start by themselves (Debian, as root): PostgreSQL, pgbouncer, MariaDB and OpenSSH
# as packages, MySQL in a Debian folder of its own, because Debian's stable release has MariaDB alone.
set -euo pipefail

mysql_root="${BACKLOG_MYSQL_ROOT:-$HOME/.cache/backlog-sync/mysql}"
packages=()
compgen -G '/usr/lib/postgresql/*/bin/postgres' >/dev/null || packages+=(postgresql)
command -v pgbouncer >/dev/null || packages+=(pgbouncer)
command -v mariadbd >/dev/null || packages+=(mariadb-server)
command -v sshd >/dev/null || packages+=(openssh-server)
command -v debootstrap >/dev/null || packages+=(debootstrap)

if ((${#packages[@]})); then
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${packages[@]}"
fi
if [[ ! -x "$mysql_root/usr/sbin/mysqld" ]]; then
  rm -rf "$mysql_root"
  mkdir -p "$mysql_root"
  debootstrap --variant=minbase --include=mysql-server-core sid "$mysql_root"
fi
