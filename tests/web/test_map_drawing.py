"""Places keep their order on the picture, and the islands are on it."""

from hypothesis import given
from hypothesis import strategies as st

from controller.positions import of_communes
from web.map_drawing import FAR_OUT_LON, HOANG_SA, TRUONG_SA, fit

LAT, LON = st.floats(8, 23.5), st.floats(102, 117.5)


@given(st.lists(st.tuples(LAT, LON), min_size=1, max_size=20))
def test_all_are_inside_and_north_is_up_and_east_is_right(
    places: list[tuple[float, float]],
) -> None:
    frame = fit(places, 1000, 900)
    spots = [frame.at(*place) for place in places]
    for spot in spots:
        assert 0 <= spot.x <= frame.width
        assert 0 <= spot.y <= frame.height <= 900.1
    for (lat, lon), spot in zip(places, spots, strict=True):
        for (other_lat, other_lon), other in zip(places, spots, strict=True):
            if lat > other_lat:
                assert spot.y <= other.y
            if lon > other_lon:
                assert spot.x >= other.x


def test_only_the_two_archipelagos_lie_far_out() -> None:
    far = {code: one for code, one in of_communes().items() if one.lon > FAR_OUT_LON}
    assert set(far) == {HOANG_SA, TRUONG_SA}
    assert far[HOANG_SA].province == "48"
    assert far[HOANG_SA].lon >= 112
    assert far[TRUONG_SA].province == "56"
    assert far[TRUONG_SA].lon >= 114  # a point inside; the farthest reefs lie beyond 117
