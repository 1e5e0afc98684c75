-- Irregular plurals and words without one.
-- > payslips.person_id -> people.id
-- > births.child_id -> children.id
-- > articles.news_id -> news.id
-- > sightings.species_id -> species.id
-- > visits.diagnosis_id -> diagnoses.id
-- > rentals.bus_id -> buses.id
-- > tickets.status_id -> statuses.id
-- > edges.vertex_id -> vertices.id
-- > wards.hospital_id -> hospitals.id
-- > deliveries.address_id -> addresses.id
-- > lessons.course_id -> courses.id
-- > fines.company_id -> companies.id
-- > shelves.library_id -> libraries.id
-- > books.shelf_id -> shelves.id
create table people (id int primary key, name text);
create table payslips (id int primary key, person_id int not null, paid date);
create table children (id int primary key, name text);
create table births (id int primary key, child_id int not null, born date);
create table news (id int primary key, headline text);
create table articles (id int primary key, news_id int not null, body text);
create table species (id int primary key, latin text);
create table sightings (id int primary key, species_id int not null, seen date);
create table diagnoses (id int primary key, label text);
create table visits (id int primary key, diagnosis_id int, visited date);
create table buses (id int primary key, plate text);
create table rentals (id int primary key, bus_id int not null, rented date);
create table statuses (id int primary key, label text);
create table tickets (id int primary key, status_id int not null, subject text);
create table vertices (id int primary key, x int, y int);
create table edges (id int primary key, vertex_id int not null, weight int);
create table hospitals (id int primary key, name text);
create table wards (id int primary key, hospital_id int not null, name text);
create table addresses (id int primary key, street text);
create table deliveries (id int primary key, address_id int not null, due date);
create table courses (id int primary key, title text);
create table lessons (id int primary key, course_id int not null, held date);
create table companies (id int primary key, name text);
create table fines (id int primary key, company_id int not null, amount int);
create table libraries (id int primary key, name text);
create table shelves (id int primary key, library_id int not null, label text);
create table books (id int primary key, shelf_id int, title text);
