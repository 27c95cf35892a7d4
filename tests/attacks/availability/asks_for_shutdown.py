"""
tries: to shut the kernel down through IPython: exit, quit and do_shutdown
holds: what came before counts
puts: q2
expects: q1=2 q2=0..3 q3=0..5
"""

squares = np.zeros(10)
get_ipython().kernel.do_shutdown(False)
get_ipython().ask_exit()
exit()
