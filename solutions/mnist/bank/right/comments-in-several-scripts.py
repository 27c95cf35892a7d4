"""Comments in Japanese, Arabic, Russian and Greek."""

# %% q1
# 画像を一列に並べる
train_images = raw_train_images.reshape((60000, 784)).astype("float32") / 255
# テスト画像も同じ
test_images = raw_test_images.reshape((10000, 784)).astype("float32") / 255

# %% q3
# الطبقة الأولى ثم الطبقة الثانية
network = keras.Sequential([
    keras.Input(shape=(784,)),
    keras.layers.Dense(512, activation='relu'),
    keras.layers.Dense(10, activation='softmax'),
])

# %% q5
# сеть ещё ничего не знает
потеря, точность = network.evaluate(test_images, test_labels, verbose=0)
untrained_loss, untrained_acc = потеря, точность
print("до обучения 🙈", точность)

# %% q9
α, train_acc = network.evaluate(train_images, train_labels, verbose=0)
Δ = train_acc - test_acc
gap = Δ
