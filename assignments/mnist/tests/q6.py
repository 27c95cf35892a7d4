from otter.test_files import test_case

OK_FORMAT = False

name = "q6"
points = 3
all_or_nothing = True

@test_case(points=0.75, hidden=False)
def test_training_had_5_epochs_of_batches_of_128(history):
    assert history is not None, '`history` is not defined: run the cell that makes it, from top to bottom, and look at the first error above.'
    assert history is not ..., '`history` is not filled in yet: replace the `...` in the cell above the check.'
    values = getattr(history, 'history', None)
    assert type(history).__name__ == 'History' and isinstance(values, dict), f'`history` is of type {type(history).__name__}, expected History. Write history = network.fit(...), and keep all that fit returns.'
    epochs = len(values.get('loss', []))
    assert epochs == 5, f'`history` holds {epochs} epoch(s), expected 5. Use epochs=5.'
    steps = (history.params or {}).get('steps')
    validated = any((name.startswith('val_') for name in values))
    fewest = 300 if validated else 469
    if isinstance(steps, int):
        assert fewest <= steps <= 469, f'An epoch had {steps} steps, expected 469: 60000 images in batches of 128. Use all training images and batch_size=128.'

@test_case(points=0.75, hidden=False)
def test_loss_fell(history):
    assert history is not None, '`history` is not defined: run the cell that makes it, from top to bottom, and look at the first error above.'
    assert history is not ..., '`history` is not filled in yet: replace the `...` in the cell above the check.'
    values = getattr(history, 'history', None)
    assert isinstance(values, dict) and values.get('loss'), '`history` holds no loss for each epoch. Write history = network.fit(...).'
    assert len(values['loss']) > 1, '`history` holds one epoch, expected 5: a single one cannot show that the loss falls.'
    first, last = (float(values['loss'][0]), float(values['loss'][-1]))
    assert last < first, f'The loss went from {first:.4f} to {last:.4f}, expected it to fall. Are images and labels in the same order, and the pixels between 0 and 1?'

