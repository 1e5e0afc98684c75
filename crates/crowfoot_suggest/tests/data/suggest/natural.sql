-- A row is referred to by the only unique number of that name, though another number is the primary key.
-- > scans.subject_id -> participants.subject_id : has the name of the key
-- > readings.subject_id -> participants.subject_id
create table participants (row_no int primary key, subject_id int not null unique, born date);
create table scans (row_no int primary key, subject_id int not null, taken timestamp);
create table readings (row_no int primary key, subject_id int not null, result real);
