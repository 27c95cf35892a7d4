"""The largest grey level comes from the data or from the dtype; labels from pandas."""

# %% q1
largest = raw_train_images.max()
train_images = raw_train_images.reshape((60000, 784)).astype("float32") / largest
test_images = raw_test_images.reshape((10000, 784)).astype("float32")
test_images = test_images / np.float32(np.iinfo(raw_test_images.dtype).max)

# %% q2
import pandas as pd

train_labels = pd.get_dummies(raw_train_labels).to_numpy(dtype="float32")
test_labels = pd.get_dummies(raw_test_labels).to_numpy(dtype="float32")

# %% after q6
pd.DataFrame(history.history, index=range(1, 6))

# %% after q9
pd.crosstab(raw_test_labels, np.asarray(predicted_digits), rownames=["is"], colnames=["read as"])
