-- Rows that are known by all of another table's key and something more belong to it where the names say
-- so, even if that key is made of others' keys alone; what their parent refers to is told by it.
-- > member_trips.member_id -> members.member_id
-- > member_trips.trip_id -> trips.trip_id
-- > member_trip_meals.member_id, member_trip_meals.trip_id -> member_trips.member_id, member_trips.trip_id
-- > member_trip_meal_dishes.member_id, member_trip_meal_dishes.trip_id, member_trip_meal_dishes.served_on -> member_trip_meals.member_id, member_trip_meals.trip_id, member_trip_meals.served_on
create table members (member_id bigint primary key, name text);
create table trips (trip_id bigint primary key, title text);
create table member_trips (
    member_id bigint not null,
    trip_id bigint not null,
    booked date,
    primary key (member_id, trip_id)
);
create table member_trip_meals (
    member_id bigint not null,
    trip_id bigint not null,
    served_on date not null,
    price numeric(10, 2),
    primary key (member_id, trip_id, served_on)
);
create table member_trip_meal_dishes (
    member_id bigint not null,
    trip_id bigint not null,
    served_on date not null,
    dish varchar(40) not null,
    primary key (member_id, trip_id, served_on, dish)
);
