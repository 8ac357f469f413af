# Perl's ZOOM, as Koha asks with it: prints what it got, one line a thing.
use strict;
use warnings;
use ZOOM;

binmode STDOUT, ':utf8';
my ($target) = @ARGV;
my $options = ZOOM::Options->new();
$options->option(user => 'reader');
$options->option(password => 'secret');
$options->option(charset => 'utf-8');
my $connection = ZOOM::Connection->create($options);
$connection->connect($target);

for my $syntax (qw(unimarc usmarc xml sutrs opac)) {
    $connection->option(preferredRecordSyntax => $syntax);
    my $found = $connection->search_pqf('@attr 1=4 "misérables"');
    my $record = $found->record(0);
    my $as = { xml => 'xml', opac => 'opac' }->{$syntax} // 'raw';
    printf "%s %d %d\n", $syntax, $found->size(), length($record->get($as));
    $found->destroy();
}
$connection->option(preferredRecordSyntax => 'usmarc');
my $sorted = $connection->search_pqf('@attr 1=1003 verne');
$sorted->sort('yaz', '1=31 >');
printf "sorted %d\n", $sorted->size();
$sorted->destroy();

my $list = $connection->scan_pqf('@attr 1=4 hist');
my ($term, $occurrences) = $list->term(0);
printf "scan %d %s %d\n", $list->size(), $term, $occurrences;

for my $wrong ('@attr 1=9999 x', '@attr 4=99 x', '@attr 2=99 x') {
    eval { $connection->search_pqf($wrong) };
    printf "%s %s\n", $@->code(), $@->addinfo() // '';
}
