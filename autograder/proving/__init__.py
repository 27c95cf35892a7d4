"""Proves an assignment's tests: bank, mutants, audit, calibration."""
