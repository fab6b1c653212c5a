import stopa


def test_the_public_api_is_the_listed_dozen() -> None:
    assert sorted(stopa.PUBLIC) == sorted(stopa.__all__)
    assert len(stopa.__all__) == 12


def test_every_public_name_is_there_and_documented() -> None:
    for name in stopa.__all__:
        assert getattr(stopa, name).__doc__, name
