-- What a declared key of several columns holds leads on from the table it refers to: no second key to
-- the one behind that.
create table regions (region_code varchar(8) primary key, title text);
create table plots (
    region_code varchar(8) not null,
    plot_no int not null,
    area numeric(10, 2),
    primary key (region_code, plot_no)
);
create table plot_visits (
    region_code varchar(8) not null,
    plot_no int not null,
    visited_on date not null,
    primary key (region_code, plot_no, visited_on),
    foreign key (region_code, plot_no) references plots (region_code, plot_no)
);
create table plot_visit_photos (
    region_code varchar(8) not null,
    plot_no int not null,
    visited_on date not null,
    photo_no int not null,
    primary key (region_code, plot_no, visited_on, photo_no),
    foreign key (region_code, plot_no, visited_on) references plot_visits (region_code, plot_no, visited_on)
);
create table plot_visit_notes (
    region_code varchar(8) not null,
    plot_no int not null,
    visited_on date not null,
    note_no int not null,
    primary key (region_code, plot_no, visited_on, note_no),
    foreign key (region_code, plot_no, visited_on) references plot_visits (region_code, plot_no, visited_on)
);
create table plot_visit_samples (
    region_code varchar(8) not null,
    plot_no int not null,
    visited_on date not null,
    sample_no int not null,
    primary key (region_code, plot_no, visited_on, sample_no),
    foreign key (region_code, plot_no, visited_on) references plot_visits (region_code, plot_no, visited_on)
);
