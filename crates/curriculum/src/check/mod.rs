//! The static check of a course.
