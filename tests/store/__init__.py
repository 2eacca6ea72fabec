"""Tests of the store: what stays when programs, disks and machines fail."""
