from otter.test_files import test_case

OK_FORMAT = False

name = "q4"
points = 3

@test_case(points=0.25, hidden=False)
def test_network_is_compiled(network):
    assert network is not None, '`network` is not defined: run the cell that makes it, from top to bottom, and look at the first error above.'
    assert network is not ..., '`network` is not filled in yet: replace the `...` in the cell above the check.'
    assert getattr(network, 'compiled', False), '`network` is not compiled yet, expected a call of network.compile(...) in the cell above. Whenever you make the network anew, compile it again.'

@test_case(points=0.5, hidden=False)
def test_loss_is_categorical_crossentropy(network):
    assert network is not None, '`network` is not defined: run the cell that makes it, from top to bottom, and look at the first error above.'
    assert network is not ..., '`network` is not filled in yet: replace the `...` in the cell above the check.'
    assert getattr(network, 'compiled', False), '`network` is not compiled: call network.compile(...) in the cell above.'
    loss = network.get_compile_config().get('loss')
    while isinstance(loss, (list, tuple)) and len(loss) == 1:
        loss = loss[0]
    config = loss.get('config') if isinstance(loss, dict) else None
    name = loss.get('class_name') if isinstance(config, dict) else config or loss
    hint = 'Write loss="categorical_crossentropy".'
    short = str(name).replace('_', '').lower()
    if short.startswith('sparse'):
        hint = f'The sparse loss is for labels that are digits; yours are one-hot. {hint}'
    elif short.startswith('binary'):
        hint = f'The binary loss is for yes or no; there are ten digits. {hint}'
    assert short == 'categoricalcrossentropy', f'The loss is {name}, expected categorical_crossentropy. {hint}'
    if isinstance(config, dict) and config.get('from_logits') and network.layers:
        last = network.layers[-1]
        last = getattr(last, 'activation', last)
        last = getattr(last, '__name__', type(last).__name__).lower()
        assert not last.startswith('softmax'), 'The loss has from_logits=True, which means outputs before softmax, but the last layer already has softmax. Expected one of the two: leave out from_logits.'

@test_case(points=0.5, hidden=False)
def test_optimizer_is_rmsprop(network):
    assert network is not None, '`network` is not defined: run the cell that makes it, from top to bottom, and look at the first error above.'
    assert network is not ..., '`network` is not filled in yet: replace the `...` in the cell above the check.'
    assert getattr(network, 'compiled', False), '`network` is not compiled: call network.compile(...) in the cell above.'
    found = type(network.optimizer).__name__
    assert found == 'RMSprop', f'The optimizer is {found}, expected RMSprop. Write optimizer="rmsprop".'

@test_case(points=0.25, hidden=False)
def test_accuracy_is_measured(network):
    assert network is not None, '`network` is not defined: run the cell that makes it, from top to bottom, and look at the first error above.'
    assert network is not ..., '`network` is not filled in yet: replace the `...` in the cell above the check.'
    assert getattr(network, 'compiled', False), '`network` is not compiled: call network.compile(...) in the cell above.'
    config = network.get_compile_config()

    def names_in(metrics):
        if isinstance(metrics, str):
            return [metrics.lower()]
        if isinstance(metrics, dict) and 'class_name' in metrics:
            inner = metrics.get('config')
            return [inner if isinstance(inner, str) else metrics['class_name']]
        if isinstance(metrics, dict):
            metrics = list(metrics.values())
        return [name for metric in metrics or [] for name in names_in(metric)]
    found = names_in(config.get('metrics')) + names_in(config.get('weighted_metrics'))
    right = {'accuracy', 'acc', 'categorical_accuracy', 'categoricalaccuracy'}
    hint = 'Write metrics=["accuracy"].'
    if 'Accuracy' in found:
        hint = f'keras.metrics.Accuracy() counts outputs that equal the labels exactly, which probabilities never do. {hint}'
    elif config.get('loss_weights'):
        hint = f'The third argument of compile is loss_weights: name your arguments. {hint}'
    assert right & {'' if name == 'Accuracy' else name.lower() for name in found}, f"The metrics are {', '.join(found) or 'none'}, expected accuracy. {hint}"

