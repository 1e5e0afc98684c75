-- Prefixes throughout, UUIDs, lookups by code.
-- > tbl_admission.patient_uuid -> tbl_patient.patient_uuid
-- > tbl_admission.ward_code -> tbl_ward.ward_code
-- > tbl_admission.admitting_doctor_uuid -> tbl_doctor.doctor_uuid
-- > tbl_prescription.admission_uuid -> tbl_admission.admission_uuid
-- > tbl_prescription.drug_code -> tbl_drug.drug_code
-- > tbl_prescription.prescribed_by_doctor_uuid -> tbl_doctor.doctor_uuid
create table tbl_patient (patient_uuid uuid primary key, born date, insurance_no varchar(20));
create table tbl_doctor (doctor_uuid uuid primary key, surname varchar(60));
create table tbl_ward (ward_code varchar(6) primary key, title varchar(60));
create table tbl_drug (drug_code varchar(12) primary key, title varchar(60));
create table tbl_admission (
    admission_uuid uuid primary key,
    patient_uuid uuid not null,
    ward_code varchar(6) not null,
    admitting_doctor_uuid uuid,
    admitted timestamp not null
);
create table tbl_prescription (
    prescription_uuid uuid primary key,
    admission_uuid uuid not null,
    drug_code varchar(12) not null,
    prescribed_by_doctor_uuid uuid not null
);
