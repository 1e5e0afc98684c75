-- Keys of several columns are suggested whole, by the same names or with a word before them; a part of
-- a key is no key.
-- > grades.student_id, grades.course_id, grades.term -> enrolments.student_id, enrolments.course_id, enrolments.term : are together the key
-- > enrolments.student_id -> students.id
-- > enrolments.course_id -> courses.id
-- > shipment_lines.order_no, shipment_lines.line_no -> order_lines.order_no, order_lines.line_no
-- > order_lines.order_no -> orders.order_no
-- > seats.flight_no, seats.departs_on -> flights.flight_no, flights.departs_on
create table students (id bigint primary key, name text);
create table courses (id bigint primary key, title text);
create table enrolments (
    student_id bigint not null,
    course_id bigint not null,
    term varchar(10) not null,
    primary key (student_id, course_id, term)
);
create table grades (
    id bigint primary key,
    student_id bigint not null,
    course_id bigint not null,
    term varchar(10) not null,
    points int
);
create table orders (order_no int primary key, placed timestamp);
create table order_lines (
    order_no int not null,
    line_no int not null,
    quantity int,
    primary key (order_no, line_no)
);
create table shipment_lines (
    id int primary key,
    order_no int not null,
    line_no int not null,
    shipped date
);
create table flights (
    flight_no varchar(8) not null,
    departs_on date not null,
    gate varchar(4),
    primary key (flight_no, departs_on)
);
create table seats (
    flight_no varchar(8) not null,
    departs_on date not null,
    seat varchar(4) not null,
    primary key (flight_no, departs_on, seat)
);
