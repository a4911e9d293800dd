# Walks a media server with Net::UPnP, which posts HTTP/1.0, as its own example upnpavdump.pl does; one JSON object a line.
use strict;
use warnings;
no warnings 'once';
use JSON::PP;
use Net::UPnP::ControlPoint;
use Net::UPnP::AV::MediaServer;

my $json = JSON::PP->new->canonical->latin1;
my %walked;

sub walk {
    my ($server, $id) = @_;
    return if $walked{$id}++;
    for my $content ($server->getcontentlist(ObjectID => $id)) {
        my %facts = (id => $content->getid(), title => $content->gettitle());
        $facts{url} = $content->geturl() if $content->isitem();
        print $json->encode(\%facts), "\n";
        walk($server, $content->getid()) if $content->iscontainer();
    }
}

my $point = Net::UPnP::ControlPoint->new();
my @devices = $point->search(st => 'urn:schemas-upnp-org:device:MediaServer:1', mx => 2);
die "no media server\n" unless @devices;
my $server = Net::UPnP::AV::MediaServer->new();
$server->setdevice($devices[0]);
walk($server, '0');
