#include "app/cluster/reachtest.h"

#include <QSet>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

// Both in Python and in Perl (which every Debian has): whichever is there. The listener takes what nobody has yet, says which, answers with one letter, and goes
// after its time, or a second after nobody reads what it prints. A port that is taken is as good: somebody listens.
constexpr char listenPython[] = R"PY(
import select, socket, sys, time
address, seconds, names = sys.argv[1], float(sys.argv[2]), sys.argv[3:]
end, tcp, udp, ready = time.time() + seconds, [], [], []
for name in names:
    kind, port = name.split(":")
    for place in (address, ""):
        family = socket.AF_INET6 if ":" in place else socket.AF_INET
        s = socket.socket(family, socket.SOCK_DGRAM if kind == "udp" else socket.SOCK_STREAM)
        try:
            s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            s.bind((place, int(port)))
            if kind == "tcp":
                s.listen(64)
        except OSError as error:
            s.close()
            if error.errno == 98:
                ready.append(name + "=taken")
                break
            if place == "":
                ready.append(name + "=no")
            continue
        (udp if kind == "udp" else tcp).append(s)
        ready.append(name + "=open")
        break
print("ready " + " ".join(ready), flush=True)
while time.time() < end and tcp + udp:
    try:
        print(flush=True)
    except OSError:
        break
    for s in select.select(tcp + udp, [], [], max(0, min(1, end - time.time())))[0]:
        try:
            if s in udp:
                data, peer = s.recvfrom(64)
                s.sendto(b"k", peer)
            else:
                s.accept()[0].close()
        except OSError:
            pass
)PY";

constexpr char connectPython[] = R"PY(
import errno, select, socket, sys, time
todo, waiting = [], {}
for line in sys.stdin:
    words = line.split()
    if len(words) == 4:
        todo.append(words)
end = time.time() + 3
for name, address, port, kind in todo:
    s = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET, socket.SOCK_DGRAM if kind == "udp" else socket.SOCK_STREAM)
    s.setblocking(False)
    try:
        code = s.connect_ex((address, int(port)))
        if kind == "udp" and code == 0:
            s.send(b"k")
    except OSError as error:
        code = error.errno or -1
    if code in (0, errno.EINPROGRESS):
        waiting[s] = (name, port, kind)
    else:
        print(name, port, kind, errno.errorcode.get(code, str(code)))
again = time.time() + 1
while waiting and time.time() < end:
    udp = [s for s in waiting if waiting[s][2] == "udp"]
    tcp = [s for s in waiting if waiting[s][2] == "tcp"]
    if udp and time.time() > again:
        again = time.time() + 1
        for s in udp:
            try:
                s.send(b"k")
            except OSError:
                pass
    good, done, _ = select.select(udp, tcp, [], 0.2)
    for s in good + done:
        name, port, kind = waiting.pop(s)
        code = s.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
        if kind == "udp" and code == 0:
            try:
                s.recv(64)
            except OSError as error:
                code = error.errno
        print(name, port, kind, "open" if code == 0 else errno.errorcode.get(code, str(code)))
        s.close()
for name, port, kind in waiting.values():
    print(name, port, kind, "ETIMEDOUT")
)PY";

constexpr char listenPerl[] = R"PL(
use strict; use Socket qw(:all); use IO::Select;
my ($address, $seconds, @names) = @ARGV; my $end = time + $seconds; my (%udp, @ready, @keep); my $select = IO::Select->new;
sub place { my ($where, $port) = @_; return $where =~ /:/ ? (AF_INET6, pack_sockaddr_in6($port, inet_pton(AF_INET6, $where)))
  : (AF_INET, pack_sockaddr_in($port, $where eq "" ? INADDR_ANY : inet_aton($where))); }
for my $name (@names) { my ($kind, $port) = split /:/, $name;
  for my $where ($address, "") { my ($family, $local) = place($where, $port);
    socket(my $s, $family, $kind eq "udp" ? SOCK_DGRAM : SOCK_STREAM, 0) or next;
    setsockopt($s, SOL_SOCKET, SO_REUSEADDR, 1);
    if (!bind($s, $local) or ($kind eq "tcp" and !listen($s, 64))) { if ($!{EADDRINUSE}) { push @ready, "$name=taken"; last; }
      push @ready, "$name=no" if $where eq ""; next; }
    $udp{fileno $s} = 1 if $kind eq "udp"; push @keep, $s; $select->add($s); push @ready, "$name=open"; last; } }
$| = 1; print "ready @ready\n";
while (time < $end and @keep) { print "\n"; for my $s ($select->can_read(1)) {
  if ($udp{fileno $s}) { my $peer = recv($s, my $data, 64, 0); send($s, "k", 0, $peer) if defined $peer; }
  else { my $c; accept($c, $s) and close $c; } } }
)PL";

constexpr char connectPerl[] = R"PL(
use strict; use Errno; use Socket qw(:all); use Fcntl; use IO::Select;
my (%waiting, $again); my $end = time + 3; $| = 1;
sub word { my $code = shift; local $! = $code; for my $name (keys %!) { return $name if $!{$name}; } return $code; }
my @todo = <STDIN>;
for my $line (@todo) { my ($name, $address, $port, $kind) = split " ", $line; next unless defined $kind;
  my $six = $address =~ /:/; socket(my $s, $six ? AF_INET6 : AF_INET, $kind eq "udp" ? SOCK_DGRAM : SOCK_STREAM, 0) or next;
  fcntl($s, F_SETFL, O_NONBLOCK);
  my $peer = $six ? pack_sockaddr_in6($port, inet_pton(AF_INET6, $address)) : pack_sockaddr_in($port, inet_aton($address));
  if (connect($s, $peer)) { send($s, "k", 0) if $kind eq "udp"; } elsif (!$!{EINPROGRESS}) { print "$name $port $kind ", word($!+0), "\n"; next; }
  $waiting{fileno $s} = [$s, $name, $port, $kind]; }
$again = time + 1;
while (%waiting and time < $end) {
  my ($r, $w) = (IO::Select->new, IO::Select->new);
  for my $one (values %waiting) { if ($one->[3] eq "udp") { $r->add($one->[0]); send($one->[0], "k", 0) if time > $again; } else { $w->add($one->[0]); } }
  $again = time + 1 if time > $again;
  my @both = IO::Select->select($r, $w, undef, 0.2); next unless @both;
  for my $s (@{$both[0]}, @{$both[1]}) { my $one = delete $waiting{fileno $s} or next; my $code = unpack("i", getsockopt($s, SOL_SOCKET, SO_ERROR));
    if ($one->[3] eq "udp" and !$code) { $code = $!+0 unless defined recv($s, my $data, 64, 0); }
    print "$one->[1] $one->[2] $one->[3] ", $code ? word($code) : "open", "\n"; close $s; } }
print "$_->[1] $_->[2] $_->[3] ETIMEDOUT\n" for values %waiting;
)PL";

} // namespace

QStringList listenCommand(const HostFacts &facts, const QString &address, const std::vector<ReachPort> &ports, int seconds)
{
    QStringList words;
    if (facts.has(u"python3"_s))
        words = {u"python3"_s, u"-c"_s, QString::fromLatin1(listenPython)};
    else if (facts.has(u"perl"_s))
        words = {u"perl"_s, u"-e"_s, QString::fromLatin1(listenPerl)};
    else
        return {};
    words << address << QString::number(seconds);
    for (const ReachPort &one : ports)
        words << (one.isUdp ? u"udp:%1"_s : u"tcp:%1"_s).arg(one.port);
    return words;
}

QStringList connectCommand(const HostFacts &facts)
{
    if (facts.has(u"python3"_s))
        return {u"python3"_s, u"-c"_s, QString::fromLatin1(connectPython)};
    if (facts.has(u"perl"_s))
        return {u"perl"_s, u"-e"_s, QString::fromLatin1(connectPerl)};
    return {};
}

QByteArray reachOrders(const InstallPlan &plan, const PlanHost &from, const std::vector<HostToCheck> &hosts)
{
    QByteArray orders;
    for (size_t n = 0; n < hosts.size(); ++n) {
        const PlanHost &to = *hosts[n].host;
        if (to.name == from.name || !parseAddress(to.address))
            continue;
        for (const ReachPort &port : portsBetween(plan, from, to))
            orders += u"%1 %2 %3 %4\n"_s.arg(to.name, to.address).arg(port.port).arg(port.isUdp ? u"udp"_s : u"tcp"_s).toUtf8();
    }
    return orders;
}

std::vector<ReachAnswer> readReach(const QString &from, const QByteArray &said)
{
    static const QSet<QString> refused{u"ECONNREFUSED"_s};
    std::vector<ReachAnswer> answers;
    for (const QString &line : QString::fromUtf8(said).split(u'\n')) {
        const QStringList words = line.simplified().split(u' ');
        const int port = words.value(1).toInt();
        if (words.size() != 4 || port < 1 || port > 65535 || answers.size() > 10'000)
            continue;
        ReachAnswer one{from, words[0], {port, words[2] == u"udp"_s}, ReachAnswer::State::Filtered, words[3].left(32)};
        if (words[3] == u"open"_s)
            one.state = ReachAnswer::State::Open;
        else if (refused.contains(words[3]))
            one.state = ReachAnswer::State::Refused;
        answers.push_back(one);
    }
    return answers;
}

} // namespace kboss
