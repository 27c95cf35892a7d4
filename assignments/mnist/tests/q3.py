from otter.test_files import test_case

OK_FORMAT = False

name = "q3"
points = 4

@test_case(points=0.25, hidden=False)
def test_network_is_a_keras_model(network):
    assert network is not None, '`network` is not defined: run the cell that makes it, from top to bottom, and look at the first error above.'
    assert network is not ..., '`network` is not filled in yet: replace the `...` in the cell above the check.'
    import keras
    assert isinstance(network, keras.Model), f'`network` is of type {type(network).__name__}, expected a Keras model. Use keras.Sequential([...]).'

@test_case(points=0.25, hidden=False)
def test_it_has_two_dense_layers_and_nothing_else_that_learns(network):
    assert network is not None, '`network` is not defined: run the cell that makes it, from top to bottom, and look at the first error above.'
    assert network is not ..., '`network` is not filled in yet: replace the `...` in the cell above the check.'
    assert hasattr(network, 'layers'), f'`network` is of type {type(network).__name__}, expected a Keras model.'
    kinds = [type(part).__name__ for part in getattr(network, 'operations', network.layers)]
    assert kinds.count('Dense') == 2, f"`network` has {kinds.count('Dense')} dense layers ({', '.join(kinds) or 'no layer'}), expected 2. Running network.add(...) twice adds a layer twice: make the network anew."
    harmless = {'InputLayer', 'Dense', 'Activation', 'ReLU', 'Relu', 'Softmax', 'Flatten', 'Reshape'}
    scaling = {'Add', 'Subtract', 'Multiply', 'Divide', 'TrueDivide'}
    first = kinds.index('Dense')
    others = [kind for kind in kinds[:first] if kind not in harmless | scaling]
    others += [kind for kind in kinds[first:] if kind not in harmless]
    assert not others, f"`network` also has {', '.join(others)}, expected two dense layers and nothing else."

@test_case(points=0.5, hidden=False)
def test_units_are_512_then_10(network):
    assert network is not None, '`network` is not defined: run the cell that makes it, from top to bottom, and look at the first error above.'
    assert network is not ..., '`network` is not filled in yet: replace the `...` in the cell above the check.'
    assert hasattr(network, 'layers'), f'`network` is of type {type(network).__name__}, expected a Keras model.'
    units = [layer.units for layer in network.layers if type(layer).__name__ == 'Dense']
    assert units == [512, 10], f'The dense layers have {units} units, expected [512, 10]: 512 to find patterns, then one for each digit.'

@test_case(points=0.5, hidden=False)
def test_activations_are_relu_then_softmax(network):
    assert network is not None, '`network` is not defined: run the cell that makes it, from top to bottom, and look at the first error above.'
    assert network is not ..., '`network` is not filled in yet: replace the `...` in the cell above the check.'
    assert hasattr(network, 'layers'), f'`network` is of type {type(network).__name__}, expected a Keras model.'

    def name_of(activation):
        name = getattr(activation, '__name__', type(activation).__name__).lower()
        return 'softmax' if name == 'softmax_v2' else name
    found = []
    for layer in getattr(network, 'operations', network.layers):
        kind = type(layer).__name__
        if kind == 'Dense':
            found.append([])
        if found and kind in ('Dense', 'Activation'):
            found[-1].append(name_of(layer.activation))
        elif found and kind.lower() in ('relu', 'softmax'):
            found[-1].append(kind.lower())
    found = [' + '.join((name for name in names if name != 'linear')) or 'none' for names in found]
    hint = 'Use Dense(512, activation="relu") and Dense(10, activation="softmax").'
    if found == ['relu', 'none']:
        hint = f'Without softmax the outputs are no probabilities. {hint}'
    elif found == ['none', 'softmax']:
        hint = f'Without relu the two layers can do no more than one. {hint}'
    assert found == ['relu', 'softmax'], f"The activations are {', then '.join(found) or 'none'}, expected relu, then softmax. {hint}"

@test_case(points=0.5, hidden=False)
def test_it_takes_784_inputs(network):
    assert network is not None, '`network` is not defined: run the cell that makes it, from top to bottom, and look at the first error above.'
    assert network is not ..., '`network` is not filled in yet: replace the `...` in the cell above the check.'
    assert hasattr(network, 'layers'), f'`network` is of type {type(network).__name__}, expected a Keras model.'
    shape = getattr(network, 'input_shape', None)
    assert shape is not None, '`network` does not know yet how many inputs it has. Begin it with keras.Input(shape=(784,)).'
    assert list(shape)[1:] == [784], f'`network` takes inputs of shape {shape}, expected (None, 784), where None stands for any number of images. Begin it with keras.Input(shape=(784,)).'

