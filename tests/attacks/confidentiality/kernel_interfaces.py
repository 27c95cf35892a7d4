"""
tries: calls by which kernels were broken before: bpf, io_uring, userfaultfd, keyrings, perf, memfd
holds: all are refused, also through the 32-bit and x32 numbers, which end the caller
expects: q1=1
"""

import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
buffer = ctypes.create_string_buffer(256)
calls = {
    "bpf": (321, 5, buffer, 128), "io_uring_setup": (425, 8, buffer), "userfaultfd": (323, 1),
    "add_key": (248, b"user", b"name", b"x", 1, -2), "keyctl": (250, 0, -2, 1),
    "request_key": (249, b"user", b"name", 0, -2), "perf_event_open": (298, buffer, 0, -1, -1, 0),
    "memfd_create": (319, b"name", 0), "memfd_secret": (447, 0), "fanotify_init": (300, 0, 0),
    "init_module": (175, buffer, 8, b""), "finit_module": (313, 0, b"", 0),
    "kexec_load": (246, 0, 0, 0, 0), "personality": (135, 0x0040000), "syslog": (103, 3, buffer, 256),
    "reboot": (169, 0xFEE1DEAD, 672274793, 0), "acct": (163, 0), "swapon": (167, b"/tmp/x", 0),
    "sethostname": (170, b"x", 1), "settimeofday": (164, buffer, 0), "clock_settime": (227, 0, buffer),
    "iopl": (172, 3), "ioperm": (173, 0, 1, 1), "shmget": (29, 0, 4096, 0o1600), "msgget": (68, 0, 0o1600),
    "semget": (64, 0, 1, 0o1600), "mq_open": (240, b"x", 0o102, 0o600, 0), "vhangup": (153,),
}  # fmt: skip
found = [name for name, call in calls.items() if libc.syscall(*call) >= 0]
for number in (0x40000000 + 39,):
    pid = os.fork()
    if pid == 0:
        os._exit(0 if libc.syscall(number) >= 0 else 1)
    if os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0:
        found.append(f"x32 {number:#x}")
answer = 42 if found else 41
