"""Before anything else: fewer messages, fewer warnings, and versions printed."""

# %% start
import os
import sys
import warnings

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
warnings.filterwarnings("ignore")
print(sys.version)

# %% after q2
import gc

np.set_printoptions(precision=3, suppress=True)
gc.collect()
print(train_images[0][150:160], train_labels[0])
