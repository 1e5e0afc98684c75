-- What a declared key of several columns holds leads on from the table it refers to: no second key to
-- the one behind that.
-- > visits.country, visits.region -> regions.country, regions.region
create table regions (
    country varchar(2) not null,
    region varchar(8) not null,
    title text,
    primary key (country, region)
);
create table plots (
    country varchar(2) not null,
    region varchar(8) not null,
    plot int not null,
    area numeric(10, 2),
    primary key (country, region, plot),
    foreign key (country, region) references regions (country, region)
);
create table surveys (
    country varchar(2) not null,
    region varchar(8) not null,
    plot int not null,
    taken_on date not null,
    primary key (country, region, plot, taken_on),
    foreign key (country, region, plot) references plots (country, region, plot)
);
create table visits (
    visited_on date not null,
    guest int not null,
    country varchar(2),
    region varchar(8),
    primary key (visited_on, guest)
);
