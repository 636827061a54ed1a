from readerly.code_sample.colours import DARK, ENOUGH, LIGHT, contrast, indexed, nearest, over, readable


def test_black_on_white_has_the_greatest_contrast():
    assert round(contrast("#000000", "#ffffff"), 2) == 21
    assert contrast("#777777", "#777777") == 1


def test_each_of_256_colours_can_be_read_on_light_and_on_dark():
    for number in range(16, 256):
        light, dark = readable(indexed(number))
        assert contrast(light, LIGHT) >= ENOUGH
        assert contrast(dark, DARK) >= ENOUGH


def test_a_colour_that_can_be_read_stays():
    assert readable("#8a0000")[0] == "#8a0000"
    assert readable("#ffd0d0")[1] == "#ffd0d0"


def test_text_on_each_of_256_colours_can_be_read():
    for number in range(16, 256):
        back = indexed(number)
        assert contrast(over(back, back), back) >= ENOUGH
    assert over("#000000", "#00ff00") == "#00ff00"


def test_the_nearest_of_the_sixteen():
    assert nearest("#000000") == "0"
    assert nearest("#fefefe") == "15"
    assert nearest("#0808f0") == "4"
