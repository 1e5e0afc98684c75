-- What a schema's own names say: `fk_` and numbers, a word that marks keys in this schema alone, the
-- longer of two tables that a name begins with, parts of a table that are numbered.
-- > visits.fk_patient -> patients.id
-- > visits.fk_ward -> wards.id
-- > transfers.ward1_id -> wards.id
-- > transfers.ward2_id -> wards.id
-- > samples.substance_vz -> vz_substance.term
-- > samples.method_vz -> vz_method.term
-- > samples.quality_vz -> vz_quality.term
-- > probes.material_vz -> vz_material.term
-- > probes.shape_vz -> vz_shape.term
-- > probes.origin_vz -> vz_origin.term
-- > readings.fk_probe -> probes.id
create table patients (id int primary key, name text);
create table wards (id int primary key, name text);
create table visits (id int primary key, fk_patient int not null, fk_ward int not null, seen date);
create table transfers (id int primary key, ward1_id int not null, ward2_id int not null);
create table vz_substance (term varchar(80) primary key, meaning text);
create table vz_method (term varchar(80) primary key, meaning text);
create table vz_quality (term varchar(80) primary key, meaning text);
create table vz_material (term varchar(80) primary key, meaning text);
create table vz_shape (term varchar(80) primary key, meaning text);
create table vz_origin (term varchar(80) primary key, meaning text);
create table samples (
    id int primary key,
    substance_vz varchar(80) not null,
    method_vz varchar(80) not null,
    quality_vz varchar(80)
);
create table probes (
    id int primary key,
    material_vz varchar(80) not null,
    shape_vz varchar(80),
    origin_vz varchar(80)
);
create table readings (id int primary key, fk_probe int not null, taken timestamp, result real);
create table readings_2026_10 (id int primary key, fk_probe int not null, taken timestamp, result real);
create table readings_2026_11 (id int primary key, fk_probe int not null, taken timestamp, result real);
