use Socket;
alarm 5;
$SIG{ALRM} = sub { print "no answer within 5 s\n"; exit 1 };
my $line;
unless (socket($line, PF_UNIX, SOCK_STREAM, 0) && connect($line, pack_sockaddr_un($ARGV[0]))) { print "$!\n"; exit 1 }
syswrite $line, "GET $ARGV[1] HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
my ($all, $piece) = ("");
while ($all !~ /\r?\n\r?\n/ && length $all < 65536 && sysread $line, $piece, 65536) { $all .= $piece }
$all =~ s/\r?\n\r?\n.*//s;
print length $all ? "$all\n" : "the connection was closed without an answer\n";
